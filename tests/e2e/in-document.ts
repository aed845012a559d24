import type { ElectronApplication } from 'playwright-core'

/** Runs code in the page of one of many documents, in an app whose main has its `windows` among the globals. */
export function inDocument<Result>(
  app: ElectronApplication,
  key: string,
  code: string,
): Promise<Result> {
  return app.evaluate(
    (_electron, { which, expression }) =>
      Reflect.get(globalThis, 'windows')
        .get('document', which)
        .webContents.executeJavaScript(expression),
    { which: key, expression: code },
  )
}
