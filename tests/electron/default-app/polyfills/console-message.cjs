/**
 * The `console-message` event whose first argument tells about the message: since Electron 35. On 22 the
 * level (a number), the message, the line and the source come as arguments of their own.
 */
const { app } = require('electron')

const LEVELS = ['debug', 'info', 'warning', 'error']

function installConsoleMessage() {
  // Before any listener of the app's own, which hears of the contents later than this one.
  app.on('web-contents-created', (_event, contents) => {
    contents.on('console-message', (event, level, message, lineNumber, sourceId) => {
      if (event.level === undefined) {
        Object.assign(event, { level: LEVELS[level], message, lineNumber, sourceId })
      }
    })
  })
}

module.exports = { installConsoleMessage }
