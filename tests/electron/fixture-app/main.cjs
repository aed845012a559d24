/**
 * A small app that uses what generated projects use: a privileged `app://` scheme, a window with the
 * sandbox on, a port between page and main, and a utility process. The tests drive it.
 */
const { app, BrowserWindow, ipcMain, MessageChannelMain, protocol } = require('electron')
const { utilityProcess } = require('electron')
const { spawn } = require('node:child_process')
const path = require('node:path')
const { answer } = require('./routes.cjs')

const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
ipcMain.on('request-port', sendPort)
app.on('window-all-closed', () => app.quit())
app.whenReady().then(openWindow, console.error)

function openWindow() {
  protocol.handle('app', answer)
  const window = new BrowserWindow({
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: 'FIXTURE_PRELOAD_IN_FRAMES' in process.env,
      preload: path.join(__dirname, 'preload.cjs'),
    },
  })
  return window.loadURL('app://fixture/index.html')
}

/** Main's end echoes. */
function sendPort({ sender }) {
  const { port1, port2 } = new MessageChannelMain()
  port1.on('message', ({ data }) => port1.postMessage({ echo: data }))
  port1.start()
  sender.postMessage('port', null, [port2])
}

globalThis.fixture = {
  isMain: require.main === module,

  /** Starts a utility process and returns it with main's end of a port to it. */
  forkChild() {
    const child = utilityProcess.fork(path.join(__dirname, 'child.cjs'))
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage('port', [port1])
    return { child, port: port2 }
  },

  /** Starts a utility process that runs `code`, and is known by the name "test". */
  runInChild(code) {
    const options = { serviceName: 'test', stdio: 'ignore' }
    return utilityProcess.fork(path.join(__dirname, 'run.cjs'), [code], options)
  },

  /** Starts a process that outlives the app. */
  spawnSleep() {
    spawn('sleep', ['300'], { stdio: 'ignore' })
  },
}
