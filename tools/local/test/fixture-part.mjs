// A part for tests of the supervisor: answers with its process number, ends when it is asked to.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const { PORT, FAIL, HELPER } = process.env
if (FAIL === 'start') {
  console.error('the fixture was told to fail')
  process.exit(3)
}
const helper = HELPER && spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' })
const server = createServer((request, response) => {
  console.log(JSON.stringify({ level: 'info', message: 'request', path: request.url }))
  response.end(String(request.url === '/helper' ? helper?.pid : process.pid))
  if (request.url === '/crash') setImmediate(() => process.exit(7))
})
server.listen(Number(PORT), '127.0.0.1')
process.on('SIGTERM', () => {
  console.log(JSON.stringify({ level: 'info', message: 'told to stop' }))
  process.exit(0)
})
