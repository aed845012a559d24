import { createBirpc } from 'birpc'
import { type Client, type Subject, service } from '../subject.ts'

/** Calls only: it has no streams. */
export const birpc: Subject = {
  connect(port) {
    const { echo } = createBirpc<Pick<Client, 'echo'>>({}, transportOf(port))
    return { echo }
  },
  serve(port) {
    createBirpc({ echo: service.echo }, transportOf(port))
  },
}

function transportOf(port: MessagePort): {
  post(data: unknown): void
  on(listener: (data: unknown) => void): void
} {
  return {
    post: (data) => port.postMessage(data),
    on(listener) {
      port.addEventListener('message', ({ data }) => listener(data))
      port.start()
    },
  }
}
