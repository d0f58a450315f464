import { carry } from "./carrier";
import type { CarrierConfig } from "./carrier-config";

carry(JSON.parse(process.argv[2] ?? "") as CarrierConfig);
