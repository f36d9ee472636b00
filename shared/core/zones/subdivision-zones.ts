/** Zones of states and provinces, for countries with several. Two names where a border of zones runs through. */
const zonesBySubdivision: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  US: {
    'America/New_York': 'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV',
    'America/New_York America/Chicago': 'FL IN KY MI TN',
    'America/Chicago': 'AL AR IA IL LA MN MO MS OK WI',
    'America/Chicago America/Denver': 'KS ND NE SD TX',
    'America/Denver': 'CO MT NM UT WY',
    'America/Denver America/Los_Angeles': 'ID NV OR',
    'America/Phoenix America/Denver': 'AZ',
    'America/Los_Angeles': 'CA WA',
    'America/Anchorage America/Adak': 'AK',
    'Pacific/Honolulu': 'HI',
    'America/Puerto_Rico': 'PR VI',
    'Pacific/Guam': 'GU MP',
    'Pacific/Pago_Pago': 'AS',
  },
  CA: {
    'America/St_Johns America/Halifax': 'NL',
    'America/Halifax': 'NB NS PE',
    'America/Toronto America/Halifax America/Blanc-Sablon': 'QC',
    'America/Toronto America/Winnipeg America/Atikokan': 'ON',
    'America/Winnipeg': 'MB',
    'America/Regina America/Edmonton': 'SK',
    'America/Edmonton': 'AB',
    'America/Vancouver America/Edmonton America/Creston': 'BC',
    'America/Whitehorse': 'YT',
    'America/Edmonton America/Cambridge_Bay': 'NT',
    'America/Toronto America/Atikokan America/Winnipeg America/Cambridge_Bay': 'NU',
  },
  AU: {
    'Australia/Sydney': 'ACT VIC TAS',
    'Australia/Sydney Australia/Adelaide Australia/Lord_Howe': 'NSW',
    'Australia/Brisbane': 'QLD',
    'Australia/Adelaide': 'SA',
    'Australia/Darwin': 'NT',
    'Australia/Perth Australia/Eucla': 'WA',
  },
  BR: {
    'America/Sao_Paulo': 'AL AP BA CE DF ES GO MA MG PA PB PI PR RJ RN RS SC SE SP TO',
    'America/Sao_Paulo America/Noronha': 'PE',
    'America/Manaus': 'MS MT RO RR',
    'America/Manaus America/Rio_Branco': 'AM',
    'America/Rio_Branco': 'AC',
  },
  MX: {
    'America/Mexico_City':
      'AGU CAM CHP CMX COL DUR GRO GUA HID JAL MEX MIC MOR OAX PUE QUE SLP TAB TLA VER YUC ZAC',
    'America/Mexico_City America/Matamoros': 'COA NLE TAM',
    'America/Mexico_City America/Matamoros America/Ciudad_Juarez': 'CHH',
    'America/Mexico_City America/Hermosillo': 'NAY',
    'America/Hermosillo': 'BCS SIN SON',
    'America/Tijuana': 'BCN',
    'America/Cancun': 'ROO',
  },
  ID: {
    'Asia/Jakarta': 'AC BB BE BT JA JB JI JK JT KB KR KT LA RI SB SS SU YO',
    'Asia/Makassar': 'BA GO KI KS KU NB NT SA SG SN SR ST',
    'Asia/Jayapura': 'MA MU PA PB PD PE PP PS PT',
  },
  ES: { 'Atlantic/Canary': 'CN GC TF' },
  PT: {
    'Atlantic/Azores': '20',
    'Europe/Lisbon': '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 30',
  },
  CN: { 'Asia/Shanghai Asia/Urumqi': 'XJ' },
  EC: { 'Pacific/Galapagos': 'W' },
  NZ: { 'Pacific/Chatham': 'CIT' },
};

/** Where most of a country has one zone, its other subdivisions are in that one. */
const elsewhere: Readonly<Record<string, string>> = {
  ES: 'Europe/Madrid',
  CN: 'Asia/Shanghai',
  EC: 'America/Guayaquil',
  NZ: 'Pacific/Auckland',
};

/** The zones of a subdivision (the part of ISO 3166-2 after the dash); none when it is not listed. */
export function zonesOfSubdivision(country: string, region: string): readonly string[] {
  for (const [zones, regions] of Object.entries(zonesBySubdivision[country] ?? {})) {
    if (regions.split(' ').includes(region)) return zones.split(' ');
  }
  const zone = elsewhere[country];
  return zone === undefined ? [] : [zone];
}
