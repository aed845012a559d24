/** Comes long after the page was loaded, asks for a port, and speaks plain messages on it. */
import { askForPort } from './ask-for-port.js'
import { draw } from './chart.js'

const cameAt = performance.now()

const find = (selector) => document.querySelector(selector)
const askButton = find('.ask')
const closeButton = find('.close')
const every = find('.every')

let port

async function connect() {
  close()
  askButton.disabled = true
  try {
    port = await askForPort('plain-figures')
    listenTo(port)
    wish()
    showFacts()
  } catch (error) {
    say(error.message)
  }
  askButton.disabled = false
}

/** Listeners first, then `start`: an event that fired before there was a listener never fires again. */
function listenTo(opened) {
  let count = 0
  opened.addEventListener('message', ({ data }) => {
    draw(find('.chart'), data.processes)
    find('.count').textContent = `${(count += 1)} messages on this port`
  })
  opened.addEventListener('close', () => {
    if (opened === port) close()
  })
  opened.start()
  closeButton.disabled = every.disabled = false
  say('The port is open: main answers on it.')
}

/** Main sends figures at this pace, until the port is closed. */
function wish() {
  port.postMessage({ every: Number(every.value) })
}

function close() {
  const closed = port
  port = undefined
  closed?.close()
  if (document.activeElement === closeButton) askButton.focus() // it cannot stay there
  closeButton.disabled = every.disabled = true
  find('.count').textContent = ''
  say('The port is closed: main has stopped to read figures.')
}

function showFacts() {
  const loadedAt = performance.getEntriesByType('navigation')[0].loadEventEnd
  const facts = {
    'port instanceof MessagePort': port instanceof MessagePort,
    'typeof require': typeof window.require,
    'typeof process': typeof window.process,
    'window.portsBridge': Object.keys(window.portsBridge).join(', '),
    'location.origin': location.origin,
    'the script came': `${((cameAt - loadedAt) / 1000).toFixed(1)} s after the page`,
  }
  find('.facts').replaceChildren(
    ...Object.entries(facts).map(([name, value]) => {
      const fact = document.createElement('li')
      const code = document.createElement('code')
      code.textContent = value
      fact.append(`${name} `, code)
      return fact
    }),
  )
}

function say(text) {
  find('.status').textContent = text
}

askButton.textContent = 'Ask for another port'
askButton.addEventListener('click', connect)
closeButton.addEventListener('click', close)
every.addEventListener('change', wish)
// Main learns of it at once; Electron before 29 crashes where an open port with a `close` listener goes.
window.addEventListener('pagehide', close)
connect()
