import type { FunctionRole } from '@sax/topology'

/**
 * Variables of its stage without which a function does not start, as its own `env.ts` refuses them. They stand in the
 * manifest, so that infrastructure that does not give them yet is seen before anything is brought there.
 */
export const neededVariables: Readonly<Record<FunctionRole, readonly string[]>> = {
  'sleep-connect-server': [
    'APP_BASE_URL',
    'AUTH0_CLIENT_ID',
    'AUTH0_DOMAIN',
    'AUTH0_SECRET_ID',
    'LOG_LEVEL',
    'OUTREACH_APP_URL',
    'SESSION_SECRET_ID',
    'STAGE',
    'USER_CONTEXT_SECRET_ID',
    'USER_CONTEXT_TTL_SEC',
  ],
  'outreach-server': ['SLEEPCONNECT_URL', 'STAGE', 'USER_CONTEXT_SECRET_ID'],
  'outreach-api-routes': ['API_BASE_URL', 'PUBLIC_NAMES', 'STAGE', 'USER_CONTEXT_SECRET_ID'],
  'outreach-api': ['DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_USER', 'STAGE', 'USER_CONTEXT_SECRET_ID'],
  'outreach-worker': [
    'DATABASE_HOST',
    'DATABASE_NAME',
    'DATABASE_USER',
    'MEDIA_BUCKET',
    'PUBLIC_WEBHOOK_BASE_URL',
    'STAGE',
    'TWILIO_ACCOUNT_SID',
    'TWILIO_API_BASE_URL',
    'TWILIO_SECRET_ID',
  ],
  'outreach-migrations': ['DATABASE_ADMIN_SECRET_ID', 'DATABASE_HOST', 'DATABASE_NAME', 'STAGE'],
}
