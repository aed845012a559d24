/** In the place of an app's preload: forwards ports to the page, and nothing else. */
const director: Window | null = window.opener

window.requestOrders = () => director?.postMessage('request-orders', '*')

window.addEventListener('message', ({ source, data, ports }) => {
  if (source !== director || data !== 'orders') return
  window.postMessage('orders', window.location.origin, [...ports])
})
