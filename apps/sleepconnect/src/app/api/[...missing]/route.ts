import type { NextResponse } from 'next/server'
import { refusal } from '../../../server/answers.ts'

const missing = (request: Request): NextResponse => refusal(request, 404, 'NOT_FOUND', 'There is no such route.')

export { missing as DELETE, missing as GET, missing as PATCH, missing as POST, missing as PUT }
