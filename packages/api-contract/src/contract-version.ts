/** Version of the endpoints' shapes. Raised when a caller of the version before would no longer be understood. */
export const API_CONTRACT_VERSION = 1
