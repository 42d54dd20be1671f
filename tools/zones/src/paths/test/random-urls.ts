import { oneOf } from './random.ts'

type Random = (limit: number) => number

/** Where paths of the site begin, and what only looks like it. */
const BEGINNINGS = [
  ...['/outreach', '/outreach', '/outreach/', '/outreach/api', '/outreach/api/outreach', '/outreach/health'],
  ...['/outreach-static', '/outreach-static/_next/static', '/outreachers', '/outreach-statics', '/outreach-'],
  ...['/outreach.json', '/outreach/apis', '/x/outreach', '/out', '', '/', '/_next/static', '/_next/image'],
  ...['/api', '/api/health', '/login', '/patients', '/OUTREACH', '/Outreach-Static', '/outreach/API'],
] as const

const SEGMENTS = [
  ...[
    'templates',
    'conversations',
    'outreach',
    'api',
    'health',
    'chunks',
    'app-3f2a.js',
    'a',
    '0',
    '...',
    '.well-known',
  ],
  ...['a.b', '~c-d_e', "it's", 'a,b', 'a:b@c', 'a+b', '(x)', '*', '!$&=', '[id]', '|', '^', '"', '<b>', '{a}', '`'],
  ...['%20', '%C3%A9', 'Jos%C3%A9', '%e2%82%ac', '%F0%9F%98%80', 'a%22b', '%3Fq', '%23x', '%5Bid%5D'],
] as const

/** What someone might do to a path, knowing or not. `at` is a place in it. */
const DISTORTIONS: readonly [Distortion, ...Distortion[]] = [
  (path, at) => path.slice(0, at) + swapCase(path[at] ?? '') + path.slice(at + 1),
  (path) => swapCase(path),
  (path, at) => path.slice(0, at) + encoded(path[at] ?? 'o') + path.slice(at + 1),
  (path, at) => path.slice(0, at) + encoded(path[at] ?? 'o').toLowerCase() + path.slice(at + 1),
  (path, at) => `${path.slice(0, at)}%25${encoded(path[at] ?? 'o').slice(1)}${path.slice(at + 1)}`,
  (path) => path.replace('/', '//'),
  (path) => path.replace(/\/(?=[^/]*$)/, '//'),
  (path) => path.replaceAll('/', '\\'),
  (path) => path.replace(/.\//, '$&%2f'),
  (path) => path.replace(/(?!^)\//, '%2F'),
  (path) => path.replace(/(?!^)\//, '%5c'),
  (path) => path.replace(/\/(?=[^/]*$)/, '/./'),
  (path) => path.replace(/\/(?=[^/]*$)/, '/../'),
  (path) => path.replace(/\/(?=[^/]*$)/, '/%2e%2e/'),
  (path) => `${path}/..`,
  (path) => `${path}/.`,
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => path.replace(/\/(?=[^/]*$)/, ';v=1/'),
  (path, at) => `${path.slice(0, at)}%00${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}%0d%0a${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}\u00e9${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}\u212a${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}\u017f${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}%${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}%c3${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)} ${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}\t${path.slice(at)}`,
  (path, at) => `${path.slice(0, at)}#${path.slice(at)}`,
  (path, at) => path.slice(0, at) + path.slice(at + 1),
  (path, at) => path.slice(0, at) + (path[at] ?? '') + path.slice(at),
  (path) => path.slice(1),
  (path) => `/.${path}`,
  (path) => `/%2f${path}`,
]

type Distortion = (path: string, at: number) => string

/** A request target: two of five are whole paths of the site, the others are distorted once, twice or thrice. */
export function randomTarget(random: Random): string {
  let path: string = oneOf(random, BEGINNINGS)
  for (let i = random(4); i > 0; i--) path += `${path.endsWith('/') ? '' : '/'}${oneOf(random, SEGMENTS)}`
  if (path === '') path = '/'
  if (random(8) === 0 && !path.endsWith('/')) path += '/'
  if (random(5) > 1)
    for (let i = 1 + random(3); i > 0; i--) path = oneOf(random, DISTORTIONS)(path, random(path.length))
  return random(4) > 0 ? path.replaceAll('?', '') : `${path}?${oneOf(random, ['', 'a=1', '/outreach', 'x=%2F..', '?'])}`
}

function swapCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()
}

function encoded(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
}
