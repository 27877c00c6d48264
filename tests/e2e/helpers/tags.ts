/** Of a journey that needs to be made in one host only: the configuration says which and why. */
export const ONE_HOST = '@one-host'
