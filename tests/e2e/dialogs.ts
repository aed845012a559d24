import type { ElectronApplication } from 'playwright-core'

/** Has every dialog for opening something answered with `path`, or cancelled. */
export async function answerDialogs(
  app: ElectronApplication,
  path: string | undefined,
): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const filePaths = chosen === undefined ? [] : [chosen]
    dialog.showOpenDialog = async () => ({ canceled: chosen === undefined, filePaths })
  }, path)
}

/** Lets dialogs wait for an answer. Gives how many have come since, and how to cancel them. */
export async function holdDialogs(
  app: ElectronApplication,
): Promise<{ count: () => Promise<number>; cancel: () => Promise<void> }> {
  await app.evaluate(({ dialog }) => {
    const waiting: (() => void)[] = []
    dialog.showOpenDialog = () =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ canceled: true, filePaths: [] }))
      })
    Reflect.set(globalThis, 'waitingDialogs', waiting)
  })
  return {
    count: () => app.evaluate(() => Reflect.get(globalThis, 'waitingDialogs').length),
    cancel: () =>
      app.evaluate(() => {
        for (const cancel of Reflect.get(globalThis, 'waitingDialogs') as (() => void)[]) cancel()
      }),
  }
}
