// Viewer request: gives the object of a page, or sends on to the address that a document has.
function handler(event) {
  const request = event.request;
  const found = route(request.headers.host ? request.headers.host.value : '', request.uri);
  if (found.to) {
    return {
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: {
        'location': {value: found.to},
        'cache-control': {value: 'public, max-age=3600'},
        'strict-transport-security': {value: 'max-age=31536000'},
      },
    };
  }
  request.uri = found.uri;
  return request;
}
