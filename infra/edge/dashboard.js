// Viewer request: gives a file as it is, and to every address of the dashboard the one document that knows them all.
// Ids and slugs are always further down than files outside of these folders, so a point in one makes no file of it.
const FILE = /^\/(?:(?:assets|icons)\/|[^/]+\.[a-z0-9]+$)/;

function handler(event) {
  const request = event.request;
  if (!FILE.test(request.uri)) request.uri = '/index.html';
  return request;
}
