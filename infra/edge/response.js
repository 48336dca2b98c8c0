// Viewer response: what says that there is nothing is found, and answered as not found. Whether the address is told
// here as it was asked for or as it was changed, both lead to the same.
function handler(event) {
  const response = event.response;
  const request = event.request;
  let uri = request.uri;
  if (!uri.startsWith('/pages/') && uri !== MISSING) {
    uri = route(request.headers.host ? request.headers.host.value : '', uri).uri || '';
  }
  if (response.statusCode === 200 && (uri === MISSING || uri.endsWith('/404.html'))) {
    response.statusCode = 404;
    response.statusDescription = 'Not Found';
  }
  return response;
}
