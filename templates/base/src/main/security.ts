/** Electron's security checklist, as far as it is the same for every page of the app. */
import { app } from 'electron'

/**
 * Denies what a page has no business doing: to leave its own content, open windows, embed guests
 * and ask for permissions. Allow the exceptions of your app here, one by one.
 *
 * @see https://www.electronjs.org/docs/latest/tutorial/security
 */
export function denyByDefault(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (event.url !== contents.getURL()) event.preventDefault() // a page may reload itself
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  app.on('session-created', (created) => {
    created.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
    created.setPermissionCheckHandler(() => false)
    created.setDevicePermissionHandler(() => false)
  })
}
