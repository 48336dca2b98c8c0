/** Whether the screen was come to from another one, so that its heading takes the focus, or by opening the page. */
export const arrival = { isByLink: false }
