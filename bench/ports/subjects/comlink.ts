import { expose, wrap } from 'comlink'
import nodeEndpoint, { type NodeEndpoint } from 'comlink/dist/umd/node-adapter'
import { type Client, type Subject, service } from '../subject.ts'

/** Calls only: it has no streams. */
export const comlink: Subject = {
  connect(port) {
    const { echo } = wrap<typeof service>(adapt(port))
    return { echo: echo as Client['echo'] }
  },
  serve(port) {
    expose(service, adapt(port))
  },
}

/** Node's port is not quite what it expects; the DOM's is. */
function adapt(port: MessagePort): ReturnType<typeof nodeEndpoint> {
  return 'on' in port ? nodeEndpoint(port as unknown as NodeEndpoint) : port
}
