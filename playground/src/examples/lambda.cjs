const AWS = require("aws-sdk");
const s3 = new AWS.S3();

exports.handler = (event, context, callback) => {
  s3.getObject({ Bucket: "reports", Key: event.key }, (error, data) => {
    if (error) return callback(error);
    callback(null, { statusCode: 200, body: data.Body.toString() });
  });
};
