// Opens one WebSocket in a process of its own: Node 20 has WebSocket only behind a flag.
//
// Its parent sends { open: url }, then { send: text } or { close: true }; it reports { event, ... }.

let socket
process.on('message', ({ open, send, close }) => {
  if (send !== undefined) socket.send(send)
  if (close) socket.close()
  if (open === undefined) return
  socket = new WebSocket(open)
  socket.addEventListener('open', () => process.send({ event: 'open' }))
  socket.addEventListener('message', ({ data }) => process.send({ event: 'message', data }))
  socket.addEventListener('error', () => process.send({ event: 'error' }))
  socket.addEventListener('close', ({ code }) => process.send({ event: 'close', code }))
})
process.on('disconnect', () => process.exit())
