export { type Rehearsal, type RehearsalOptions, startRehearsal } from './start-rehearsal.ts'
