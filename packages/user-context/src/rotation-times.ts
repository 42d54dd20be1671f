/** A process reads the signing secrets again after this long at the latest, in seconds. */
export const SECRETS_TTL_SEC = 300

/** Longest life of a token in a deployed stage, in seconds. */
export const MAX_TOKEN_LIFE_SEC = 900
