/** The countries of the Online Retail data set by the names it uses; ISO 3166-1. Areas that are no country have none. */
const codes: Readonly<Record<string, string>> = {
  'United Kingdom': 'GB', EIRE: 'IE', Germany: 'DE', France: 'FR', Spain: 'ES', Portugal: 'PT', Italy: 'IT', Belgium: 'BE', Netherlands: 'NL',
  Switzerland: 'CH', Austria: 'AT', Denmark: 'DK', Sweden: 'SE', Norway: 'NO', Finland: 'FI', Iceland: 'IS', Poland: 'PL', 'Czech Republic': 'CZ',
  Lithuania: 'LT', Greece: 'GR', Cyprus: 'CY', Malta: 'MT', Australia: 'AU', Japan: 'JP', Singapore: 'SG', 'Hong Kong': 'HK', USA: 'US', Canada: 'CA',
  Brazil: 'BR', Israel: 'IL', Lebanon: 'LB', Bahrain: 'BH', 'Saudi Arabia': 'SA', 'United Arab Emirates': 'AE', RSA: 'ZA',
}

/** Null for 'Channel Islands', 'European Community', 'Unspecified' and what nobody knows. */
export const countryCode = (name: string): string | null => codes[name] ?? null
