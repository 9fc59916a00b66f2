/** First line of the string to sign and first word of the Authorization header. */
export const ALGORITHM = 'HMAC-SHA256'
