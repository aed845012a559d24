import type { ElectronApplication } from 'playwright-core'

/** Playwright takes a page that crashed for dead, also when it is loaded again. Main does not. */
export function evaluateFromMain(
  app: ElectronApplication,
  node: string,
  code: string,
): Promise<string> {
  return app.evaluate(
    ({ webContents }, { path, expression }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL().includes(path))
      // A page that is replaced meanwhile does not answer.
      const late = new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), 1000))
      const answer = contents?.executeJavaScript(expression).catch(String)
      return Promise.race([answer, late])
    },
    { path: `/${node}/`, expression: code },
  )
}

export function textFromMain(
  app: ElectronApplication,
  node: string,
  selector: string,
): Promise<string> {
  return evaluateFromMain(app, node, `String(document.querySelector('${selector}')?.textContent)`)
}

export async function closeWindow(app: ElectronApplication, node: string): Promise<void> {
  await app.evaluate(({ BrowserWindow }, path) => {
    BrowserWindow.getAllWindows()
      .find((each) => each.webContents.getURL().includes(path))
      ?.close()
  }, `/${node}/`)
}
