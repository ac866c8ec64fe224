// What pages do with JavaScript. Nothing needs it: every page works without.
const classes = document.body.classList
classes.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  classes.add('govuk-frontend-supported')
  // The address is read from the page, so that it may carry a checksum.
  const { initAll } = await import(document.querySelector('link[rel=modulepreload]').href)
  initAll()
  document.addEventListener('htmx:afterSettle', (event) => initAll({ scope: event.detail.elt }))
}
