import { expect, test } from 'vitest'
import { isNotModified } from './conditional.ts'

const noon = 'Mon, 01 Jun 2026 12:00:00 GMT'
const earlier = 'Mon, 01 Jun 2026 11:59:59 GMT'

test.each<[viewer: Record<string, string>, object: Record<string, string>, notModified: boolean]>([
  [{ 'if-none-match': '"a"' }, { etag: '"a"' }, true],
  [{ 'if-none-match': '"a"' }, { etag: 'W/"a"' }, true],
  [{ 'if-none-match': 'W/"b", "a"' }, { etag: '"a"' }, true],
  [{ 'if-none-match': '*' }, {}, true],
  [{ 'if-none-match': '"A"' }, { etag: '"a"' }, false],
  [{ 'if-none-match': '"a"' }, {}, false],
  [{ 'if-none-match': '"b"', 'if-modified-since': noon }, { etag: '"a"', 'last-modified': noon }, false],
  [{ 'if-modified-since': noon }, { 'last-modified': noon }, true],
  [{ 'if-modified-since': noon }, { 'last-modified': earlier }, true],
  [{ 'if-modified-since': earlier }, { 'last-modified': noon }, false],
  [{ 'if-modified-since': 'yesterday' }, { 'last-modified': earlier }, false],
  [{ 'if-modified-since': noon }, {}, false],
  [{}, { etag: '"a"' }, false],
])('viewer %j, object %j: %s', (viewer, object, notModified) => {
  expect(isNotModified(new Headers(viewer), new Headers(object))).toBe(notModified)
})
