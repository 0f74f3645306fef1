export declare const roles: string[];
export declare function provision(ownerUrl: string): Promise<Record<string, string>>;
export declare function ensureDatabase(serverUrl: string, name: string, template?: string): Promise<void>;
