import { z } from "zod";

const statusBody = z.looseObject({
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z.looseObject({ causes: z.array(z.looseObject({ message: z.string().optional(), field: z.string().optional() })).optional() }).optional(),
});

/** The API server said no; the message is the server's own. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** `status` is the HTTP status, `reason` Kubernetes' word for it ("NotFound", "Conflict", "Invalid"). */
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  /** Reads the Status object that the API server answers with; anything else becomes the message as it is. */
  static from(status: number, body: string): ApiError {
    try {
      const { message, reason } = statusBody.parse(JSON.parse(body));
      return new ApiError(status, reason ?? "", message ?? body);
    } catch {
      return new ApiError(status, "", `HTTP ${String(status)}: ${body.slice(0, 500)}`);
    }
  }
}
