/** All that the page has when it is loaded: a button that brings the rest. */
const button = document.querySelector('.ask')
const status = document.querySelector('.status')

button.addEventListener('click', load, { once: true })
button.disabled = false

function load() {
  status.textContent = 'Loading…'
  const script = document.createElement('script')
  script.type = 'module'
  script.src = '/main-world/late.js'
  script.addEventListener('error', () => (status.textContent = 'The script was not found.'))
  document.head.append(script)
}
