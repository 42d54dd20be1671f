export { SessionEndedDialog } from './session-ended-dialog.tsx'
export { SessionReplacedDialog } from './session-replaced-dialog.tsx'
export { SignedOutPage } from './signed-out-page.tsx'
