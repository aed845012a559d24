import type { ElectronApplication } from 'playwright-core'

/** What is done with a card, as its user does it, and what it shows then. */
type Deed = 'show' | 'greet' | 'pause' | 'resume' | 'count'

/**
 * Does something with each card of the pages of a node, or of all pages, at once: of a skeleton in a framework, which has a
 * card for each link that a page opens. Where a page does not answer within 20 seconds, as one that crashes, it has no cards.
 *
 * - `show`: the state of its link, and which port of it this is
 * - `greet`: the answer to a call
 * - `pause`: a stream is started, and paused in the midst
 * - `resume`: how such a stream ends, or has ended: it fails while it is paused where the item is lost that is waited for
 * - `count`: a stream is read to its end
 *
 * @returns a line for each, `jobs: connected 1`, in order.
 */
export function eachCard(app: ElectronApplication, deed: Deed, node = ''): Promise<string[]> {
  const script = `(${inPage})(${JSON.stringify(deed)})`
  return app.evaluate(
    async ({ webContents }, order) => {
      const pages = webContents.getAllWebContents().filter((page) => {
        return !page.isCrashed() && page.getURL().includes(`/${order.node}`)
      })
      const late = new Promise<string[]>((resolve) => setTimeout(resolve, 20_000, []))
      const lines = pages.map((page) =>
        Promise.race([page.executeJavaScript(order.script), late]).catch(() => []),
      )
      return (await Promise.all(lines)).flat().toSorted() as string[]
    },
    { script, node: node && `${node}/` },
  )
}

/** Runs in a page, by its text. */
async function inPage(deed: Deed): Promise<string[]> {
  const until = async <Found>(find: () => Found): Promise<Found> => {
    while (!find()) await new Promise((resolve) => setTimeout(resolve, 5))
    return find()
  }
  const textOf = (element: Element | null): string =>
    element?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
  const buttonOf = (card: Element, name: string): HTMLButtonElement | undefined =>
    [...card.querySelectorAll('button')].find((button) => textOf(button) === name)
  /** Resolves when what comes of it is shown. */
  const click = async (card: Element, name: string): Promise<void> => {
    const button = await until(() => buttonOf(card, name))
    button?.click()
    await new Promise((resolve) => setTimeout(resolve))
  }
  const endOf = async (card: Element): Promise<string> => {
    await until(() => buttonOf(card, 'Count'))
    return textOf(card.querySelector('[role=alert]') ?? card.querySelector('progress + output'))
  }
  const deeds: Record<Deed, (card: Element) => Promise<string>> = {
    show: async (card) => textOf(card.querySelector('.link')).split(' · ').slice(1).join(' '),
    greet: async (card) => {
      await click(card, 'Greet')
      const answer = card.querySelector('output')
      await until(() => textOf(answer) !== 'Asking …')
      return textOf(card.querySelector('[role=alert]')) || textOf(answer)
    },
    pause: async (card) => {
      // Of what is to be lost more must be left than can be on its way: the usual credit is 64, of 100 items.
      const counted = card.querySelector('progress') as HTMLProgressElement
      for (;;) {
        await click(card, 'Count')
        await until(() => buttonOf(card, 'Pause') ?? counted.value === counted.max)
        buttonOf(card, 'Pause')?.click()
        await until(() => buttonOf(card, 'Resume') ?? buttonOf(card, 'Count'))
        if (buttonOf(card, 'Resume') && counted.value <= 30) return 'paused'
        buttonOf(card, 'Cancel')?.click()
      }
    },
    resume: async (card) => {
      if (buttonOf(card, 'Resume')) await click(card, 'Resume')
      return endOf(card)
    },
    count: async (card) => {
      await click(card, 'Count')
      await until(() => buttonOf(card, 'Cancel'))
      return endOf(card)
    },
  }
  const cards = [...document.querySelectorAll('.card')]
  return Promise.all(cards.map(async (card) => `${card.id}: ${await deeds[deed](card)}`))
}

/** Loads a page again. Resolves when it has. */
export function reload(app: ElectronApplication, node: string): Promise<void> {
  return app.evaluate(async ({ webContents }, path) => {
    const isIt = (page: Electron.WebContents) => page.getURL().includes(path)
    const page = webContents.getAllWebContents().find(isIt)
    const loaded = new Promise<void>((resolve) => page?.once('did-finish-load', () => resolve()))
    page?.reload()
    await loaded
  }, `/${node}/`)
}

/** Ends the processes of all pages and utility processes but those of one node: at once, as from outside. */
export function crashAllBut(app: ElectronApplication, node: string): Promise<void> {
  return app.evaluate(({ app: electron, webContents }, spared) => {
    for (const page of webContents.getAllWebContents()) {
      if (!page.getURL().includes(`/${spared}/`)) page.forcefullyCrashRenderer()
    }
    for (const { serviceName, pid } of electron.getAppMetrics()) {
      if (serviceName === 'node.mojom.NodeService') process.kill(pid)
    }
  }, node)
}
