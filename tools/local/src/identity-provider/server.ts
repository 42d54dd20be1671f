import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { errorFields, type Logger } from '@sax/logging'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { DirectoryPerson } from './directory.ts'
import { contentSecurityPolicy, messagePage, pickerPage } from './pages.ts'

/** Longest form this server reads, in bytes: one subject. */
const MAX_FORM_BYTES = 4096

export interface ServerOptions {
  readonly provider: Provider
  readonly siteUrl: string
  /** The provider's own. */
  readonly people: readonly DirectoryPerson[]
  readonly log: Logger
}

/** The provider with the pages on which a person chooses who to be. It does not listen yet. */
export function createIdentityServer({ provider, siteUrl, people, log }: ServerOptions): Server {
  const answerProtocol = provider.callback()
  const warn = (_context: unknown, error: Error) => log.warn('sign-in refused', errorFields(error))
  provider.on('server_error', warn)
  provider.on('authorization.error', warn)
  provider.on('grant.error', warn)
  provider.on('end_session.error', warn)
  return createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '').split('?', 1)[0] ?? ''
    const isPick = /^\/pick\/[\w-]{1,64}$/.test(path)
    outgoing.once('finish', () => {
      log.info('request', { method: incoming.method, path: isPick ? '/pick/{uid}' : path, status: outgoing.statusCode })
    })
    outgoing.setHeader('cache-control', 'no-store')
    if (!isPick) {
      outgoing.setHeader('content-security-policy', contentSecurityPolicy)
      void answerProtocol(incoming, outgoing)
      return
    }
    pick(provider, people, incoming, outgoing).catch((error: unknown) => {
      if (!(error instanceof errors.OIDCProviderError)) log.error('request failed', errorFields(error))
      sendPage(
        outgoing,
        400,
        messagePage('This sign-in cannot go on', 'It may have taken too long. Start again from the site.', siteUrl),
      )
    })
  })
}

async function pick(
  provider: Provider,
  people: readonly DirectoryPerson[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { params } = await provider.interactionDetails(incoming, outgoing)
  if (incoming.method !== 'POST') {
    const hinted = people.find((person) => person.email === params.login_hint)
    if (hinted) return provider.interactionFinished(incoming, outgoing, { login: { accountId: hinted.sub } })
    return sendPage(outgoing, 200, pickerPage(people))
  }
  const sub = new URLSearchParams(await readForm(incoming)).get('sub')
  const chosen = people.find((person) => person.sub === sub)
  if (!chosen) return sendPage(outgoing, 200, pickerPage(people))
  return provider.interactionFinished(incoming, outgoing, { login: { accountId: chosen.sub } })
}

function sendPage(outgoing: ServerResponse, status: number, html: string): void {
  outgoing.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
  })
  outgoing.end(html)
}

async function readForm(incoming: IncomingMessage): Promise<string> {
  let form = ''
  for await (const chunk of incoming) {
    form += String(chunk)
    if (form.length > MAX_FORM_BYTES) return ''
  }
  return form
}
