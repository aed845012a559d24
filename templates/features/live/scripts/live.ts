import { existsSync } from 'node:fs'
import { basename, dirname, join, parse } from 'node:path'
import type { Plugin } from 'vite'
import { add } from './add-ons'

const root = join(__dirname, '..')

/** The folder of the page of the view: it has no index.html, by which the pages of nodes are found. */
const PAGE = 'live-view'

/** The address of the module that lets the view look at a node. */
const ADDRESS = /^\/@live\/(page|utility)\/(.+)\.js$/

const agents: Record<string, string> = {
  page: 'src/renderer/live-view/in-page.ts',
  utility: 'src/main/live/in-utility.ts',
}

// In development everything is seen while somebody looks. In builds for tests all is recorded from the start, and in any
// other there is nothing of it.
add((mode) => (mode === 'production' ? undefined : live(mode === 'test')))

/**
 * The live view: has every page and utility process load the agent of the view before its own code, main start the view as
 * a service, and the page of the view built.
 *
 * @param records  Whether everything is recorded from the start.
 */
function live(records: boolean): Plugin {
  return {
    name: 'live-view',
    config({ build }) {
      const pages = build?.rolldownOptions?.input as Record<string, string> | undefined
      if (pages?.['app']) pages[PAGE] = join(root, 'src/renderer', PAGE, 'view.html')
    },
    resolveId: (id) => (ADDRESS.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, kind = '', node] = ADDRESS.exec(id.slice(1)) ?? []
      if (!id.startsWith('\0') || !agents[kind]) return undefined
      return `import { start } from ${JSON.stringify(join(root, agents[kind]))}
start('${node}', ${records})`
    },
    // On one line with the code, which keeps its line numbers.
    transform(code, id) {
      const path = id.replaceAll('\\', '/')
      if (path.endsWith('/src/main/services.ts'))
        return { code: code + startInMain(records), map: null }
      if (!/\/src\/utility\/[^/]+\.ts$/.test(path)) return undefined
      return { code: `import '/@live/utility/${parse(path).name}.js';${code}`, map: null }
    },
    transformIndexHtml: {
      order: 'pre',
      handler(html, { filename }) {
        const node = basename(dirname(filename))
        if (node === PAGE || !isBundled(html)) return []
        const attrs = { type: 'module', src: `/@live/page/${node}.js` }
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }]
      },
    },
  }
}

/** Whether a page has code of ours. Scripts of `public` alone do not speak by channels, and ask for ports themselves. */
function isBundled(html: string): boolean {
  const scripts = html.match(/<script\b[^>]*>/gi) ?? []
  return scripts.some((script) => {
    const [, source = ''] = /\bsrc=["']?([^"'\s>]+)/i.exec(script) ?? []
    return (
      /\btype=["']?module\b/i.test(script) &&
      !(source && existsSync(join(root, 'src/renderer/public', source)))
    )
  })
}

function startInMain(records: boolean): string {
  return `
import { start as startLiveView } from './live'
services['live-view'] = (main) => startLiveView(main, ${records})`
}
