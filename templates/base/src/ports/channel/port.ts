/**
 * The smallest thing a channel can speak over. There are two families of ports in an Electron app,
 * alike but for how they are listened to:
 *
 * - the DOM's MessagePort, in pages, their workers, and Node's worker threads
 * - Electron's MessagePortMain, in the main process and in utility processes, a Node EventEmitter
 */
export type PortLike = DomPort | MainPort

interface Postable {
  /** `never`, for what a port can transfer differs: buffers and ports between pages, else ports only. */
  postMessage(message: unknown, transfer: never[]): void
  start(): void
  close(): void
}

interface DomPort extends Postable {
  addEventListener(
    type: 'message' | 'messageerror' | 'close',
    listener: (event: { data?: unknown }) => void,
  ): void
}

interface MainPort extends Postable {
  on(type: 'message', listener: (event: { data: unknown }) => void): unknown
  on(type: 'close', listener: () => void): unknown
}

/**
 * Listens to either kind of port, and only then starts it: a port keeps what arrives until it is
 * started, but an event that fired before its listener was added never fires again.
 *
 * `onMessage` is called once for every post, in order: with `null` for one that cannot be read here. The two
 * families tell of that differently, and its sender hears nothing.
 *
 * `onClose` is called when the far end goes away for any reason but a hang. Browsers outside
 * Electron may not fire it, which is why a channel also says goodbye in words.
 */
export function listen(
  port: PortLike,
  onMessage: (data: unknown) => void,
  onClose: () => void,
): void {
  if ('addEventListener' in port) {
    port.addEventListener('message', (event) => onMessage(event.data))
    port.addEventListener('messageerror', () => onMessage(null))
    port.addEventListener('close', onClose)
  } else {
    port.on('message', (event) => onMessage(event.data))
    port.on('close', onClose)
  }
  port.start()
}
