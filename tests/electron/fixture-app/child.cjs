/** A utility process which says over its port what comes of posting something that cannot be cloned. */
const { parentPort } = process

parentPort.once('message', ({ ports: [port] }) => {
  const actions = {
    'post on port': () => attempt(() => port.postMessage(() => {})),
    'post on parentPort': () => attempt(() => parentPort.postMessage(() => {})),
    'look for globals': () => [typeof fetch, typeof structuredClone, typeof crypto],
  }
  parentPort.on('message', () => parentPort.postMessage('parentPort lives'))
  port.on('message', ({ data }) => port.postMessage(actions[data]()))
  port.start()
})

function attempt(action) {
  try {
    action()
    return 'no error'
  } catch (error) {
    return `threw ${error.message}`
  }
}
