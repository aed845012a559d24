addEventListener('message', ({ source, data, ports: [port] }) => {
  if (source !== window || data !== 'port') return
  port.addEventListener('message', (event) => {
    document.querySelector('output').textContent = JSON.stringify(event.data)
  })
  port.start()
  port.postMessage('hello')
})

window.fixture.requestPort()
