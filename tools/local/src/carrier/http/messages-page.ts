import type { CarrierMessage } from '../message.ts'
import { messageResource, messagesPath } from '../message-resource.ts'
import type { ListFilter } from '../message-store.ts'

/** @source Twilio docs, "Messages resource": 50 to a page unless asked for, at most 1000 */
const page = { usual: 50, most: 1000 }
const DAY_MS = 86_400_000

export interface ListRequest {
  readonly filter: ListFilter
  readonly pageSize: number
  readonly page: number
  /** The last message of the page before. */
  readonly after: string | undefined
}

/** Reads the query of a list as Twilio does: what it does not know it ignores. */
export function readListRequest(query: URLSearchParams): ListRequest {
  const size = Number(query.get('PageSize') ?? page.usual)
  const to = query.get('To')
  const from = query.get('From')
  const day = dateMs(query.get('DateSent'))
  // The names end in the comparison: "DateSent>=2026-01-31" is the parameter "DateSent>".
  const since = dateMs(query.get('DateSent>')) ?? day
  const until = endOf(query.get('DateSent<')) ?? (day === undefined ? undefined : day + DAY_MS - 1)
  return {
    filter: {
      ...(to ? { to } : {}),
      ...(from ? { from } : {}),
      ...(since === undefined ? {} : { sentFromMs: since }),
      ...(until === undefined ? {} : { sentUntilMs: until }),
    },
    pageSize: Number.isInteger(size) && size >= 1 ? Math.min(size, page.most) : page.usual,
    page: Number(query.get('Page') ?? 0) || 0,
    after: query.get('PageToken')?.replace(/^PA/, '') || undefined,
  }
}

/** One page of messages with the addresses of its neighbours. */
export function messagesPage(
  all: readonly CarrierMessage[],
  request: ListRequest,
  accountSid: string,
  query: URLSearchParams,
) {
  const { pageSize, after } = request
  const start = after === undefined ? 0 : all.findIndex(({ sid }) => sid === after) + 1
  const shown = all.slice(start, start + pageSize)
  const last = shown.at(-1)
  const uri = (number: number, token?: string) => {
    const wanted = new URLSearchParams(query)
    wanted.set('PageSize', String(pageSize))
    wanted.set('Page', String(number))
    wanted.delete('PageToken')
    if (token !== undefined) wanted.set('PageToken', `PA${token}`)
    return `${messagesPath(accountSid)}.json?${wanted}`
  }
  const hasMore = last !== undefined && start + shown.length < all.length
  const before = all[start - pageSize - 1]?.sid
  return {
    end: start + Math.max(0, shown.length - 1),
    first_page_uri: uri(0),
    next_page_uri: hasMore ? uri(request.page + 1, last.sid) : null,
    page: request.page,
    page_size: pageSize,
    previous_page_uri: start === 0 ? null : uri(Math.max(0, request.page - 1), before),
    start,
    uri: uri(request.page, after),
    messages: shown.map((message) => messageResource(message, accountSid)),
  }
}

function dateMs(text: string | null): number | undefined {
  const ms = Date.parse((text ?? '').replace(/^[<>=]+/, ''))
  return Number.isNaN(ms) ? undefined : ms
}

/** A day without a time is meant to its end. */
function endOf(text: string | null): number | undefined {
  const ms = dateMs(text)
  return ms === undefined || /T/.test(text ?? '') ? ms : ms + DAY_MS - 1
}
