// An origin that answers at once, for the front door and for nginx alike: what is measured is what stands before it.
import { createServer } from 'node:http'

const ASSET_BYTES = 20_000

const port = Number(process.argv[2])
const asset = Buffer.alloc(ASSET_BYTES, 'x')
const answer = Buffer.from(JSON.stringify({ data: [] }))

createServer((request, response) => {
  request.resume()
  const kept = request.url?.startsWith('/cached/') === true
  const body = kept ? asset : answer
  response.writeHead(200, {
    'content-type': kept ? 'font/woff2' : 'application/json',
    'content-length': body.byteLength,
    'cache-control': kept ? 'public,max-age=31536000,immutable' : 'private, no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}).listen(port, '127.0.0.1')
