// Which object a request means, run by CloudFront at each request: {uri} of it in the bucket, or {to}, an address.
// DOMAINS (slugs by custom domains) and MISSING (the object that says there is nothing) are written before this.
const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SLUG = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const FOLDER = new RegExp('^(?:history(?:/[0-9]{4}-[0-9]{2})?|uptime|subscribe(?:/[a-z]+)?|reports/' + ID + ')$');
const SHORT = new RegExp('^incidents/(' + ID + ')/?$');
// Statuspage's API without its ending, and what readers of other status pages call the feeds.
const API = /^api\/v2\/(?:summary|status|components|incidents(?:\/unresolved)?|scheduled-maintenances(?:\/(?:active|upcoming))?)$/;
const RSS = /^(?:rss|feed(?:[.\/]rss)?)$/;
const ATOM = /^feed[.\/]atom$/;
const FILE = /^(?:[a-z0-9][a-z0-9-]*\/){0,4}[a-z0-9][a-z0-9._-]*\.[a-z0-9]{2,5}$/;

function route(host, uri) {
  let slug = DOMAINS[host.toLowerCase().split(':')[0]];
  let base = '/';
  if (!slug) {
    slug = uri.split('/')[1];
    if (!SLUG.test(slug)) return {uri: MISSING};
    base = '/' + slug + '/';
    if (uri === '/' + slug) return {to: base};
  }
  const path = uri.slice(base.length);
  const object = '/pages/' + slug + '/';
  if (path === '' || path === 'index.html') return {uri: object + 'index.html'};
  const short = SHORT.exec(path);
  if (short) return {to: base + 'reports/' + short[1] + '/'};
  if (API.test(path)) return {uri: object + path + '.json'};
  if (RSS.test(path)) return {uri: object + 'history.rss'};
  if (ATOM.test(path)) return {uri: object + 'history.atom'};
  if (FOLDER.test(path)) return {to: base + path + '/'};
  if (path.endsWith('/') && FOLDER.test(path.slice(0, -1))) return {uri: object + path + 'index.html'};
  return {uri: object + (FILE.test(path) ? path : '404.html')};
}
