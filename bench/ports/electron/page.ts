// One end of a port, in a page. Main calls what is global here.
import { type Outcome, type Task, type Tools, runCase } from '../cases.ts'
import { type Client, type Subject } from '../subject.ts'
import { loadSubject } from '../subjects/index.ts'

declare global {
  var bench: Tools
  var connected: Promise<Outcome>
  var measure: (task: Task) => Promise<Outcome>
}

const query = new URLSearchParams(location.search)
const port = new Promise<MessagePort>((resolve) => {
  addEventListener('message', ({ source, data, ports: [sent] }) => {
    if (source === window && data === 'port' && sent) resolve(sent)
  })
})
let client: Client

globalThis.connected = connect().then(
  () => ({}),
  (error: unknown) => ({ error: String(error) }),
)
globalThis.measure = (task) => runCase(client, task, globalThis.bench)

async function connect(): Promise<void> {
  const subject: Subject = await loadSubject(query.get('subject'))
  if (query.get('role') === 'server') subject.serve(await port)
  else client = subject.connect(await port)
}
