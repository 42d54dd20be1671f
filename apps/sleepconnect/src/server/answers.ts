import type { ErrorBody, ErrorCode } from '@sax/api-contract'
import { REQUEST_ID_HEADER } from '@sax/topology'
import { NextResponse } from 'next/server'

/** An error answer of the host's API, in the product's one error shape. */
export function refusal(request: Request, status: number, code: ErrorCode, message: string): NextResponse {
  const body: ErrorBody = { code, message, requestId: request.headers.get(REQUEST_ID_HEADER) ?? '' }
  return NextResponse.json(body, { status, headers: { 'cache-control': 'private, no-store' } })
}
