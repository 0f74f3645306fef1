/** 3 to 64 of letters, digits and . _ @ -; starts with a letter or digit. What people type is folded to lower case. */
export const loginPattern = /^[a-z0-9][a-z0-9._@-]{2,63}$/;

export const normalLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

/** Logins that speak for the platform: nobody gets one by registering. */
const reserved = /^(operator\d*|admin|administrator|root|system|xinqiao)$|^rejected-/;
export const isReservedLogin = (login: string): boolean => reserved.test(login);
