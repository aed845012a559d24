/** Draws one row for each process: its name, a bar for its memory, and what it takes of a processor. */

const names = { Browser: 'Main process', Tab: 'Page', GPU: 'Graphics' }

/** The row of each process, by its id. */
const rows = new Map()

/** @param {HTMLElement} list  It holds the rows. */
export function draw(list, processes) {
  const most = Math.max(...processes.map(({ memory }) => memory))
  for (const process of processes) {
    const row = rows.get(process.pid) ?? addRow(list, process)
    row.bar.style.width = `${(100 * process.memory) / most}%`
    row.memory.textContent = `${Math.round(process.memory / 2 ** 20)} MB`
    row.cpu.textContent = `${process.cpu.toFixed(1)} %`
  }
  for (const [pid, { item }] of rows) {
    if (processes.some((process) => process.pid === pid)) continue
    item.remove()
    rows.delete(pid)
  }
}

function addRow(list, { pid, kind }) {
  const item = document.createElement('li')
  const [name, track, memory, cpu] = ['name', 'track', 'memory', 'cpu'].map((className) => {
    const part = document.createElement('span')
    part.className = className
    item.append(part)
    return part
  })
  const bar = document.createElement('span')
  track.append(bar)
  name.textContent = names[kind] ?? kind
  name.title = `process ${pid}`
  list.append(item)
  const row = { item, bar, memory, cpu }
  rows.set(pid, row)
  return row
}
