/**
 * How a plain script gets a port of a link of `src/topology.ts`, early or late. Copy this file; it needs
 * no other. In a page that has the kernel ask by `ports.request` instead: the kernel closes every port
 * that it did not ask for itself.
 *
 *   const port = await askForPort('plain-figures')
 *   port.addEventListener('message', ({ data }) => …)
 *   port.start()
 *   port.postMessage(…)
 *
 * @param {string} link
 * @returns {Promise<MessagePort>} not started: what comes before that waits.
 * @throws {Error} with the reason when main gives none.
 */
export function askForPort(link) {
  return new Promise((resolve, reject) => {
    // Tells the answer to this very request from all else that is posted to this window.
    const nonce = crypto.randomUUID()

    const take = (event) => {
      // The preload posts from this very window; a frame or an opener would be another source.
      if (event.source !== window || event.data?.nonce !== nonce) return
      window.removeEventListener('message', take)
      const [port] = event.ports
      if (port) resolve(port)
      else reject(new Error(event.data.reason ?? 'The port was lost on its way.'))
    }

    window.addEventListener('message', take)
    // Put there by the preload, and all there is of Electron in this page.
    window.portsBridge.open({ link, nonce })
  })
}
