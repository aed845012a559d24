/**
 * Navigation events whose first argument tells about the navigation: since Electron 25. On 22 the
 * address comes as a second argument alone, and an app that reads `event.url` would see undefined.
 */
const { app } = require('electron')

function installNavigationDetails() {
  // Before any listener of the app's own, which hears of the contents later than this one.
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (event.url === undefined) event.url = url
    })
  })
}

module.exports = { installNavigationDetails }
