/** Of the form of a token, and signed by nobody: whoever is shown it has to read its secret to refuse it. */
export const NOBODYS_TOKEN = 'eyJhbGciOiJIUzI1NiJ9.e30.e30'
