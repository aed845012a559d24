import type { Plugin } from 'vite'

/**
 * Has `npm run dev` refuse what the policy of the build refuses. Vite gives the nonce to every script and style of
 * a page: those that stand in its HTML are told apart from Vite's own, and those of plugins, by having one already.
 */
export function samePolicy(): Plugin {
  return {
    name: 'same-policy',
    apply: 'serve',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replaceAll(/<(?:script|style)(?=[\s>])/gi, '$& nonce=""'),
    },
  }
}
